// What waits for a manager's yes: the page, and the number in the rail, follow what happens elsewhere.
import { $, ask, morph } from "./page.js";

const link = (root = document) => $('.rail a[href="/approvals"]', root);
export const shown = () => $("#approvals");

/** refresh reads again what waits; who may not decide has no such place in his rail. */
export async function refresh() {
  const html = link() && (await ask("/approvals/part"));
  if (!html) return;
  const page = new DOMParser().parseFromString(html, "text/html");
  link().replaceChildren(...link(page).childNodes);
  if (shown()) morph(shown(), $("#approvals", page).outerHTML);
}
