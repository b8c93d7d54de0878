import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useWords } from "../state/page-context.ts";
import { Icon } from "./icon.tsx";

/** A dialog over the page: from below on a phone, from the side on a desk. Escape and a press beside it close it. */
export function Sheet(props: {
  title: ComponentChildren;
  label: string;
  onClose: () => void;
  actions?: ComponentChildren;
  /** As wide as the screen allows; what is in it fills the height and scrolls by itself. */
  wide?: boolean;
  children: ComponentChildren;
}) {
  const { words } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (!element?.open) element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={props.wide ? "sheet is-wide" : "sheet"}
      aria-label={props.label}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onMouseDown={(event) => event.target === dialog.current && props.onClose()}
    >
      <div class="sheet-frame">
        <header class="sheet-head">
          <h2>{props.title}</h2>
          {props.actions}
          <button type="button" class="icon-button" onClick={props.onClose} aria-label={words.close}>
            <Icon name="cross" />
          </button>
        </header>
        <div class="sheet-body">{props.children}</div>
      </div>
    </dialog>
  );
}
