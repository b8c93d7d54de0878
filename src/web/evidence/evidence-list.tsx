import { useEffect, useState } from "preact/hooks";
import type { Evidence, EvidenceKind } from "../../core/evidence.ts";
import { Icon } from "../parts/icon.tsx";
import { useWords } from "../state/page-context.ts";
import { EvidenceCard, ReadingsCard } from "./evidence-card.tsx";
import { readingsOf } from "./reading.ts";

type Group = Evidence | Evidence[];

/**
 * Evidence in the order in which it was found. While nothing is answered yet it stands open; where the answer comes,
 * it folds into one line, unless someone has opened or closed it by hand.
 */
export function EvidenceList(props: { evidence: Evidence[]; answering: boolean; onOpen: (id: string) => void }) {
  const { evidence, answering, onOpen } = props;
  const { words } = useWords();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const [wide, setWide] = useState(isWide);
  useEffect(() => {
    const query = matchMedia(wideQuery);
    const change = (): void => setWide(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  const open = chosen ?? (wide || !answering);
  if (evidence.length === 0) return null;
  return (
    <section class="evidence" aria-label={words.evidence}>
      <button type="button" class="fold" aria-expanded={open} onClick={() => setChosen(!open)}>
        <b>
          {words.evidence} {evidence.length}
        </b>
        <span class="quiet fold-kinds">{open ? "" : summary(evidence, words.kind)}</span>
        <Icon name="down" />
      </button>
      {open && (
        <ul class="evidence-cards">
          {group(evidence).map((one) =>
            Array.isArray(one) ? (
              <ReadingsCard key={one[0]?.id} readings={one} onOpen={onOpen} />
            ) : (
              <EvidenceCard key={one.id} evidence={one} onOpen={onOpen} />
            ),
          )}
        </ul>
      )}
    </section>
  );
}

const wideQuery = "(min-width: 1060px)";
const isWide = (): boolean => matchMedia(wideQuery).matches;

/** Neighbouring readings together. */
function group(evidence: Evidence[]): Group[] {
  return evidence.reduce<Group[]>((groups, one) => {
    if (readingsOf(one).length === 0) return [...groups, one];
    const last = groups.at(-1);
    const same = Array.isArray(last) && last[0]?.equipmentId === one.equipmentId;
    return same ? [...groups.slice(0, -1), [...last, one]] : [...groups, [one]];
  }, []);
}

function summary(evidence: Evidence[], names: Record<EvidenceKind, string>): string {
  const counts = new Map<EvidenceKind, number>();
  for (const { kind } of evidence) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${names[kind] ?? kind} ${count}`).join(" · ");
}
