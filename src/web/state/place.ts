import { signal, type Signal } from "@preact/signals";

// Where one is in the page; it stands behind the # of the address, so that "back" works and any server can serve it.

export type Place =
  | { name: "ask" }
  | { name: "conversation"; id: string }
  | { name: "history" }
  | { name: "approvals" }
  | { name: "documents" }
  | { name: "help" };

function readPlace(hash: string): Place {
  const [first = "", second = ""] = hash.replace(/^#\/?/, "").split("/");
  if (first === "c" && second !== "") return { name: "conversation", id: decodeSafely(second) };
  if (first === "history" || first === "approvals" || first === "documents" || first === "help") return { name: first };
  return { name: "ask" };
}

export function placeHref(place: Place): string {
  if (place.name === "ask") return "#/";
  return place.name === "conversation" ? `#/c/${encodeURIComponent(place.id)}` : `#/${place.name}`;
}

/** The place of the window's address, kept up to date. */
export function followPlace(view: Window): Signal<Place> {
  const place = signal(readPlace(view.location.hash));
  view.addEventListener("hashchange", () => (place.value = readPlace(view.location.hash)));
  return place;
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
