// The texts of a script: how long each is against what a messenger takes, counted as the messenger counts.
import { $$, number } from "../desk/page.js";

function count(field) {
  const limit = Number(field.dataset.limit), cell = field.closest(".cell");
  cell.classList.toggle("missing", !field.value.trim());
  if (!limit) return;
  const size = field.value.length; // in UTF-16 units
  cell.classList.toggle("long", size > limit);
  cell.querySelector("meter").value = size;
  cell.querySelector("[data-meter]").textContent = `${number(size)} / ${number(limit)}`;
}

export function start() {
  let changed = false;
  for (const field of $$("#texts textarea")) {
    field.addEventListener("input", () => { changed = true; count(field); });
  }
  document.querySelector("#texts form").addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
