-- What a collector must still know after a restart: how far it has read a file, what a short name stands for.
CREATE TABLE "collector_notes" (
  "collector" text NOT NULL,
  "key" text NOT NULL,
  "note" jsonb NOT NULL,
  PRIMARY KEY ("collector", "key")
);
