// What a person sees of the page, for the tests. Runs in the page before its own scripts.
window.eyes = (() => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const phone = (lang) => document.querySelector(`section.member[lang="${lang}"]`);
  const shown = (e) => e.checkVisibility({ visibilityProperty: true });
  const words = (e) => e.textContent.trim();

  /** find returns the last thing in sight that fits, in a phone, or on the whole page when lang is empty. */
  const find = (lang, selector, text) => [...((lang ? phone(lang) : document)?.querySelectorAll(selector) ?? [])]
    .filter((e) => shown(e) && (!text || words(e) === text)).at(-1);

  /** spot brings a thing into sight and tells where a finger can reach it; null while it moves or is covered. */
  const spot = async (lang, selector, text) => {
    const e = find(lang, selector, text);
    if (!e || e.disabled) return null;
    e.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
    await frame();
    const before = e.getBoundingClientRect();
    await frame();
    const { x, y, width, height } = e.getBoundingClientRect();
    if (x !== before.x || y !== before.y) return null;
    const at = [x + width / 2, y + height / 2];
    return e.contains(document.elementFromPoint(...at)) ? at : null;
  };

  const said = (message) => {
    const copy = message.querySelector(".text")?.cloneNode(true);
    copy?.querySelector(".meta")?.remove(); // the time of day floats inside the text
    return copy ? words(copy) : "";
  };

  const messages = (lang) => [...(phone(lang)?.querySelectorAll(".message") ?? [])].map((e) => ({
    id: Number(e.dataset.id) || 0, own: e.classList.contains("own"), keys: [...e.querySelectorAll(".key")].map(words),
    text: said(e), picture: e.querySelector("img")?.naturalWidth ?? 0,
    card: e.querySelector(".card") ? words(e.querySelector(".card")) : "", meta: words(e.querySelector(".meta")),
  }));

  /** focus tells which thing has the keyboard, and whether one sees that it has: by itself or by its label. */
  const focus = (lang, selector, text) => {
    const e = document.activeElement;
    const outlined = (one) => { const { outlineStyle, outlineWidth } = getComputedStyle(one); return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1; };
    return { there: e === find(lang, selector, text), page: e === document.body, name: `${e.tagName} ${e.dataset.part ?? e.dataset.page ?? words(e)}`,
      seen: [e, ...e.labels ?? []].some(outlined) };
  };

  /** spilled lists what is cut off or sticks out of the window, of what is on the page to be seen. */
  const spilled = () => {
    const out = [];
    const inSight = [...document.querySelectorAll("section.member")].filter((m) => {
      const r = m.getBoundingClientRect();
      return r.left < innerWidth - 1 && r.right > 1;
    });
    for (const root of [document.querySelector(".head"), document.querySelector(".who"), document.querySelector(".strip"), ...inSight]) {
      for (const e of root.querySelectorAll("*")) {
        if (!shown(e) || e.closest(".unseen, svg svg, use") || getComputedStyle(e).clipPath !== "none") continue;
        const r = e.getBoundingClientRect();
        if (r.width > 1 && (r.left < -0.5 || r.right > innerWidth + 0.5)) out.push(`${e.tagName}.${e.className} ${r.left}..${r.right}`);
      }
    }
    for (const e of document.querySelectorAll("body, .head, .log, .text, .key, .keys, .bubble, .write")) {
      if (shown(e) && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline") out.push(`${e.className || e.tagName} holds ${e.scrollWidth} in ${e.clientWidth}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) out.push(`page is ${document.documentElement.scrollWidth} wide`);
    return out;
  };

  /** sides tells the direction of every bubble's text and the side at which it hangs. */
  const sides = (lang) => [...phone(lang).querySelectorAll(".message")].map((e) => {
    const log = e.closest(".log").getBoundingClientRect();
    const bubble = e.querySelector(".bubble").getBoundingClientRect();
    const text = e.querySelector(".text");
    return { own: e.classList.contains("own"), text: said(e), direction: text ? getComputedStyle(text).direction : "",
      left: bubble.left - log.left < log.right - bubble.right };
  });

  const box = (lang) => find(lang, "[data-part=text]");
  const written = (lang) => box(lang).value;
  const select = (lang) => { box(lang).select(); return true; };

  const disabled = (lang, selector) => find(lang, selector).disabled;
  const direction = (lang, selector) => getComputedStyle(find(lang, selector)).direction;
  const scheme = () => getComputedStyle(document.documentElement).colorScheme;
  const width = () => innerWidth;

  /** faults is what axe-core finds that is serious or worse, or all of it. */
  const faults = async (all) => {
    const { violations } = await axe.run({ exclude: [".cm-scroller"] }, { resultTypes: ["violations"] });
    return violations.filter(({ impact }) => all || impact === "serious" || impact === "critical")
      .map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map((n) => `${n.html} ${n.failureSummary}`) }));
  };

  /** texts are the words of all things in sight that fit. */
  const texts = (selector) => [...document.querySelectorAll(selector)].filter(shown).map(words);

  /** choose takes the entry of a list of choices whose value ends so. */
  const choose = (selector, end) => {
    const list = document.querySelector(selector);
    const entry = [...list.options].find((o) => o.value.endsWith(end) || words(o).includes(end));
    if (!entry) return false;
    list.value = entry.value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };

  /** persona is what the member who holds a phone is called. */
  const persona = (lang) => words(phone(lang).querySelector(".owner h2"));

  const value = (selector) => document.querySelector(selector)?.value ?? "";
  const link = (selector) => document.querySelector(selector)?.getAttribute("href") ?? "";
  const language = () => document.documentElement.lang;
  const scroll = () => document.documentElement.scrollWidth;
  /** painted is when the words and the list stood there, in ms after the page was asked for. */
  const painted = () => new Promise((done) => new PerformanceObserver((seen) => done(seen.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }));

  const address = () => location.pathname + location.search;
  const page = () => `${location.pathname}\n${document.body.innerText}`;

  return { page, address, value, painted, link, language, scroll, texts, choose, persona, disabled, direction, scheme, width, faults, written, select, find, spot, messages, focus, spilled, sides, is: (lang, selector, text) => Boolean(find(lang, selector, text)) };
})();
