// Building elements without markup in strings, so that no text of a source can become markup.

type Attributes = Record<string, string | number | boolean | undefined>;

/** An element with attributes and children; `class`, `for` and ARIA names as in HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children);
  return node;
}

/** A child of something that may be absent. */
export const some = (...nodes: (Node | string | null | undefined)[]): (Node | string)[] =>
  nodes.filter((node): node is Node | string => node !== null && node !== undefined && node !== "");

/** An address of this server only: a link that came with data must not leave the page's origin or run anything. */
export function local(address: string): string {
  const url = new URL(address, document.baseURI);
  return url.origin === location.origin ? url.href : "#";
}

/** JSON of this server. */
export async function getJson<T>(address: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(local(address), { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as T;
}

/** Was this request given up because a newer one took its place? */
export const wasAborted = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";
