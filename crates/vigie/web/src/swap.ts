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
  keepUp(other);
  for (const key of ["valid", "known", "from"]) {
    const value = other.body.dataset[key];
    if (value !== undefined) document.body.dataset[key] = value;
  }
  if (other.title) document.title = other.title;
}

/** What stands in no swapped piece and in no island. */
function outside<E extends Element>(page: Document, selector: string): E[] {
  return [...page.querySelectorAll<E>(selector)].filter((node) => !node.closest("[data-swap], #map, #timeline"));
}

/** Links and fields of the frame of the page carry the days too: they take the addresses and values of the other version. */
function keepUp(other: Document): void {
  const [links, fresh] = [document, other].map((page) => outside<HTMLAnchorElement>(page, "a[href]")) as [HTMLAnchorElement[], HTMLAnchorElement[]];
  // A frame that is built otherwise is left alone: a link must never lead where its words do not say.
  if (links.length === fresh.length) links.forEach((link, index) => link.setAttribute("href", fresh[index]?.getAttribute("href") ?? link.href));
  for (const name of ["valid", "known", "from", "layer"]) {
    const fields = (page: Document): HTMLInputElement[] => outside<HTMLInputElement>(page, `:is(input, select)[name="${name}"]`);
    const values = fields(other);
    fields(document).forEach((field, index) => (field.value = values[index]?.value ?? field.value));
  }
}
