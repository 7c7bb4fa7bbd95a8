// One stream for all tabs of a browser: the tab that holds the lock reads it and tells the others. Each tab asks the
// server for what it shows; a stream that was away is followed by reading everything again.
import { $, $$, way } from "./page.js";

const name = `javab-desk${way("")}`; // each site has a stream of its own

/** listen calls on.news(ids) for what has changed, and on.back() when a stream that was away is there again. */
export function listen(browser, on) {
  const others = new BroadcastChannel(name);
  const tell = (message) => { hear(message); others.postMessage(message); };
  let away = false;

  function hear({ lost, news }) {
    const strip = $("#lost");
    if (news) return on.news(news);
    if (strip) strip.hidden = !lost;
    document.body.classList.toggle("offline", Boolean(lost));
    for (const button of $$(".send")) button.disabled = Boolean(lost);
    if (away && !lost) on.back();
    away = Boolean(lost);
  }

  others.addEventListener("message", ({ data }) => hear(data));
  for (const [sign, lost] of [["offline", true], ["online", false]]) addEventListener(sign, () => hear({ lost }));
  if (!navigator.locks) return read(browser, tell); // not over https, not on this machine: every tab reads for itself
  navigator.locks.request(name, () => new Promise(() => read(browser, tell)));
}

function read(browser, tell) {
  const source = new EventSource(way(`/desk/events?browser=${browser}`));
  source.addEventListener("open", () => tell({ lost: false }));
  source.addEventListener("message", ({ data }) => tell({ news: JSON.parse(data) }));
  source.addEventListener("error", () => {
    tell({ lost: true });
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(() => read(browser, tell), 3000);
  });
}
