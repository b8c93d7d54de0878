CREATE TABLE "data_sources" (
  "name" text PRIMARY KEY,
  "title" text NOT NULL,
  "time_zone" text NOT NULL,
  "sample" boolean NOT NULL DEFAULT false,
  "created_at" timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE "equipment" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "name" text,
  "name_ko" text,
  "aliases" text[],
  "class" text,
  "model" text,
  "maker" text,
  "level" text,
  "parent_id" text,
  "year" double precision,
  "criticality" text,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "equipment_by_parent_id" ON "equipment" ("parent_id");
--> statement-breakpoint
CREATE TABLE "tags" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "equipment_id" text,
  "name" text,
  "name_ko" text,
  "aliases" text[],
  "unit" text,
  "normal_low" double precision,
  "normal_high" double precision,
  "alarm_low" double precision,
  "alarm_high" double precision,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "tags_by_id" ON "tags" ("id");
--> statement-breakpoint
CREATE INDEX "tags_by_equipment" ON "tags" ("equipment_id");
--> statement-breakpoint
CREATE TABLE "events" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "equipment_id" text,
  "group" text,
  "category" text,
  "code" text,
  "description" text,
  "severity" text,
  "value" double precision,
  "lower_bound" double precision,
  "upper_bound" double precision,
  "score" double precision,
  "started_at" timestamptz,
  "ended_at" timestamptz,
  "duration_minutes" double precision,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "events_by_equipment" ON "events" ("equipment_id", "started_at");
--> statement-breakpoint
CREATE INDEX "events_by_started_at" ON "events" ("started_at");
--> statement-breakpoint
CREATE INDEX "events_by_code" ON "events" ("code", "started_at");
--> statement-breakpoint
CREATE TABLE "work_orders" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "equipment_id" text,
  "description" text,
  "preventive" boolean,
  "status" text,
  "priority" double precision,
  "primary_code" text,
  "primary_code_description" text,
  "secondary_code" text,
  "secondary_code_description" text,
  "component" text,
  "alarm_code" text,
  "technician" text,
  "cause" text,
  "remedy" text,
  "parts" text[],
  "opened_at" timestamptz,
  "finished_at" timestamptz,
  "duration_minutes" double precision,
  "labor_minutes" double precision,
  "proposal_id" text UNIQUE,
  "requested_by" text,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "work_orders_by_equipment" ON "work_orders" ("equipment_id", "finished_at");
--> statement-breakpoint
CREATE INDEX "work_orders_by_finished_at" ON "work_orders" ("finished_at");
--> statement-breakpoint
CREATE INDEX "work_orders_by_primary_code" ON "work_orders" ("primary_code");
--> statement-breakpoint
CREATE INDEX "work_orders_by_alarm_code" ON "work_orders" ("alarm_code");
--> statement-breakpoint
CREATE TABLE "failure_codes" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "description" text,
  "parent_code" text,
  "category" text,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "failure_codes_by_parent_code" ON "failure_codes" ("parent_code");
--> statement-breakpoint
CREATE TABLE "code_maps" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "from_code" text,
  "from_description" text,
  "condition" text,
  "to_code" text,
  "to_description" text,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "code_maps_by_from_code" ON "code_maps" ("from_code");
--> statement-breakpoint
CREATE INDEX "code_maps_by_to_code" ON "code_maps" ("to_code");
--> statement-breakpoint
CREATE TABLE "job_orders" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "equipment_id" text,
  "product" text,
  "customer" text,
  "lot_id" text,
  "status" text,
  "quantity_planned" double precision,
  "quantity_good" double precision,
  "quantity_scrap" double precision,
  "cycle_time_seconds" double precision,
  "planned_start_at" timestamptz,
  "planned_end_at" timestamptz,
  "started_at" timestamptz,
  "ended_at" timestamptz,
  "due_at" timestamptz,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "job_orders_by_equipment" ON "job_orders" ("equipment_id", "planned_start_at");
--> statement-breakpoint
CREATE INDEX "job_orders_by_planned_start_at" ON "job_orders" ("planned_start_at");
--> statement-breakpoint
CREATE INDEX "job_orders_by_lot_id" ON "job_orders" ("lot_id");
--> statement-breakpoint
CREATE TABLE "lots" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "material" text,
  "quantity" double precision,
  "unit" text,
  "equipment_id" text,
  "job_order_id" text,
  "supplier" text,
  "status" text,
  "produced_at" timestamptz,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "lots_by_equipment" ON "lots" ("equipment_id", "produced_at");
--> statement-breakpoint
CREATE INDEX "lots_by_produced_at" ON "lots" ("produced_at");
--> statement-breakpoint
CREATE INDEX "lots_by_job_order_id" ON "lots" ("job_order_id");
--> statement-breakpoint
CREATE TABLE "lot_links" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "parent_lot_id" text,
  "child_lot_id" text,
  "quantity" double precision,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "lot_links_by_parent_lot_id" ON "lot_links" ("parent_lot_id");
--> statement-breakpoint
CREATE INDEX "lot_links_by_child_lot_id" ON "lot_links" ("child_lot_id");
--> statement-breakpoint
CREATE TABLE "inspections" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "equipment_id" text,
  "lot_id" text,
  "product" text,
  "characteristic" text,
  "subgroup" text,
  "value" double precision,
  "unit" text,
  "lsl" double precision,
  "usl" double precision,
  "target" double precision,
  "sample_size" double precision,
  "defects" double precision,
  "defect_code" text,
  "defect" text,
  "result" text,
  "inspector" text,
  "inspected_at" timestamptz,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "inspections_by_equipment" ON "inspections" ("equipment_id", "inspected_at");
--> statement-breakpoint
CREATE INDEX "inspections_by_inspected_at" ON "inspections" ("inspected_at");
--> statement-breakpoint
CREATE INDEX "inspections_by_lot_id" ON "inspections" ("lot_id");
--> statement-breakpoint
CREATE INDEX "inspections_by_defect_code" ON "inspections" ("defect_code");
--> statement-breakpoint
CREATE TABLE "parts" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "name" text,
  "name_ko" text,
  "models" text[],
  "on_hand" double precision,
  "minimum" double precision,
  "location" text,
  "lead_time_days" double precision,
  "supplier" text,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE TABLE "downtimes" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "equipment_id" text,
  "reason_code" text,
  "reason" text,
  "planned" boolean,
  "started_at" timestamptz,
  "ended_at" timestamptz,
  "duration_minutes" double precision,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE INDEX "downtimes_by_equipment" ON "downtimes" ("equipment_id", "started_at");
--> statement-breakpoint
CREATE INDEX "downtimes_by_started_at" ON "downtimes" ("started_at");
--> statement-breakpoint
CREATE INDEX "downtimes_by_reason_code" ON "downtimes" ("reason_code");
--> statement-breakpoint
CREATE TABLE "people" (
  "source" text NOT NULL,
  "id" text NOT NULL,
  "name" text,
  "role" text,
  "skills" text[],
  "phone" text,
  "leaves_at" timestamptz,
  PRIMARY KEY ("source", "id")
);
--> statement-breakpoint
CREATE SEQUENCE "work_order_numbers";
--> statement-breakpoint
CREATE TABLE "reading_blocks" (
  "tag_id" text NOT NULL,
  "first_ms" bigint NOT NULL,
  "last_ms" bigint NOT NULL,
  "count" integer NOT NULL,
  "min" double precision NOT NULL,
  "max" double precision NOT NULL,
  "mean" double precision NOT NULL,
  "m2" double precision NOT NULL,
  "data" bytea NOT NULL,
  PRIMARY KEY ("tag_id", "first_ms")
);
--> statement-breakpoint
-- Packed readings don't compress further: trying costs time.
ALTER TABLE "reading_blocks" ALTER COLUMN "data" SET STORAGE EXTERNAL;
--> statement-breakpoint
-- Room in each page, so that appending to a tail stays within it and touches no index.
CREATE TABLE "latest_readings" (
  "tag_id" text PRIMARY KEY,
  "at_ms" bigint,
  "value" double precision,
  "tail" bytea NOT NULL
) WITH (fillfactor = 40);
--> statement-breakpoint
ALTER TABLE "latest_readings" ALTER COLUMN "tail" SET STORAGE EXTERNAL;
