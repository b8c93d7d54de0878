import { useEffect, useRef, useState } from "preact/hooks";
import { toProblem } from "../api/problem.ts";
import type { Machine, Problem } from "../api/shapes.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { usePage, useWords } from "../state/page-context.ts";
import { findMachines } from "./find-machines.ts";

const most = 60;

/** Finds a machine by number, name or nickname. */
export function MachinePicker({ onClose }: { onClose: () => void }) {
  const { session } = usePage();
  const { words, language } = useWords();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const load = (): void => {
    setProblem(null);
    session.loadMachines().catch((thrown: unknown) => setProblem(toProblem(thrown)));
  };
  useEffect(() => {
    field.current?.focus();
    load();
  }, []);
  const choose = (machine: Machine | null): void => {
    session.machine.value = machine;
    onClose();
  };
  const machines = session.machines.value;
  const mixed = machines?.some(({ sample }) => !sample) ?? false;
  const found = findMachines(machines ?? [], typed);
  return (
    <Sheet title={words.chooseMachine} label={words.chooseMachine} onClose={onClose}>
      <input
        ref={field}
        type="search"
        class="search"
        placeholder={words.searchMachine}
        aria-label={words.searchMachine}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (found[0]) choose(found[0]);
        }}
      />
      {problem && <ProblemNote problem={problem} onRetry={load} />}
      {!machines && !problem && <p class="quiet">{words.loading}</p>}
      {machines?.length === 0 && <p class="quiet">{words.noMachines}</p>}
      {machines && machines.length > 0 && found.length === 0 && <p class="quiet">{words.noMachineFound}</p>}
      <ul class="machine-list">
        {session.machine.value && (
          <li>
            <button type="button" onClick={() => choose(null)}>
              {words.removeMachine}
            </button>
          </li>
        )}
        {found.slice(0, most).map((machine) => (
          <li key={machine.id}>
            <button
              type="button"
              aria-pressed={session.machine.value?.id === machine.id}
              onClick={() => choose(machine)}
            >
              <b>{machine.id}</b> <span>{(language === "ko" && machine.nameKo) || machine.name}</span>
              <span class="quiet small">
                {[machine.model, ...machine.aliases.slice(0, 4)].filter(Boolean).join(" · ")}
              </span>
              {machine.sample && mixed && <span class="sample-mark">{words.sample}</span>}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
