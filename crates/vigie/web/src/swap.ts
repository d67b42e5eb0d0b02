// Putting the marked pieces of another version of this page into the one that is open.
import { local } from "./dom";

/** Another version of this page. */
export async function getHtml(address: string, signal: AbortSignal): Promise<Document> {
  const answer = await fetch(local(address), { headers: { accept: "text/html" }, signal });
  if (!answer.ok) throw new Error(String(answer.status));
  // A parser without a window: nothing in the text is run or loaded.
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Replaces each `data-swap` element by its twin of the other version; one without a twin is emptied. */
export function swap(other: Document): void {
  for (const old of document.querySelectorAll<HTMLElement>("[data-swap]")) {
    const name = CSS.escape(old.dataset["swap"] ?? "");
    const found = other.querySelector(`[data-swap="${name}"]`);
    if (!found) {
      old.replaceChildren();
      continue;
    }
    for (const script of found.querySelectorAll("script")) script.remove();
    const fresh = document.importNode(found, true);
    const focused = document.activeElement;
    const kept = focused && old.contains(focused) && focused.id ? focused.id : "";
    const open = [...old.querySelectorAll<HTMLDetailsElement>("details[id][open]")].map((details) => details.id);
    old.replaceWith(fresh);
    for (const id of open) fresh.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
    if (kept) document.getElementById(kept)?.focus({ preventScroll: true });
  }
  for (const key of ["valid", "known", "from"]) {
    const value = other.body.dataset[key];
    if (value !== undefined) document.body.dataset[key] = value;
  }
  if (other.title) document.title = other.title;
}
