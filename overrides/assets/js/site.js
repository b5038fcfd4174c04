// What every page needs at once is little: tables that scroll take the focus. The rest loads when the reader first asks for it.

const root = document.documentElement;

/** A stop in the tab order, and a landmark, only where there is something to scroll: elsewhere its name would be the table's said twice. */
function stopAt(region) {
  const scrolls = region.scrollWidth > region.clientWidth + 1;
  const attributes = { "tabindex": "0", "role": "region", "aria-labelledby": region.querySelector("caption").id };
  for (const [name, value] of Object.entries(attributes)) {
    if (scrolls) region.setAttribute(name, value);
    else region.removeAttribute(name);
  }
}

// The table is watched beside its region: it can outgrow a region that keeps its own size. At once too: the first report of
// an observer waits for a frame to be drawn.
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) stopAt(target.closest(".table-region"));
});
for (const region of document.querySelectorAll(".table-region")) {
  stopAt(region);
  for (const box of [region, ...region.children]) sizes.observe(box);
}

/** Around the page the browser wears the page's colour: the head's two only know the system's. */
export function colourBrowser() {
  for (const meta of document.querySelectorAll("meta[name=theme-color]"))
    meta.content = getComputedStyle(document.body).backgroundColor;
}
if (root.dataset.theme) colourBrowser();

/** A sentence with its {names} filled in. */
export const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (name, inner) => values[inner] ?? name);

/** Says and shows one of the sentences that stand ready at the foot of the page, until the reader does something else. */
export function say(key, values = {}) {
  const line = document.getElementById("said");
  line.textContent = filled(line.dataset[key], values);
  const dismissed = new AbortController();
  for (const type of ["click", "keydown"]) {
    addEventListener(
      type,
      () => {
        line.textContent = "";
        dismissed.abort();
      },
      { signal: dismissed.signal, capture: true },
    );
  }
}

/** What the reader asked for and the network didn't bring is said; the next press tries again. */
export const notLoaded = () => say("notLoaded");

/** Loads a module at the first of these events, and starts it once. Where the network failed, the next event tries again. */
function lazily(target, types, load, failed = () => {}) {
  const loaded = new AbortController();
  const ask = async () => {
    const module = await load().catch(failed);
    if (!module || loaded.signal.aborted) return;
    loaded.abort();
    module.start?.();
  };
  for (const type of types) target?.addEventListener(type, ask, { signal: loaded.signal });
  return ask;
}

// That a word leads out of the text is heard with the link, not with each reading of the sentence; `aria-description` isn't a standard yet.
const { inGlossary } = document.getElementById("said")?.dataset ?? {};
for (const link of document.querySelectorAll("main[data-kind=report] a[href*='/glossary']")) link.title = inGlossary;

document.querySelector("[data-open=preferences]")?.addEventListener("click", async () => {
  (await import("./preferences.js").catch(notLoaded))?.open();
});

// The card of a number, in place of its row among all numbers, where the link leads as well.
for (const link of document.querySelectorAll(".figure-link")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const card = await import("./figure-card.js").catch(() => null);
    if (!(await card?.open(link, link.href))) location.assign(link.href);
  });
}

lazily(document.querySelector(".cite"), ["toggle", "click"], () => import("./cite.js"), notLoaded);
// Whatever the device has first: a mouse may come later. A finger leaves with its lifting, and the link with it.
lazily(document.querySelector("main"), ["pointerover"], () => import("./permalinks.js"));
if (root.dataset.ruler) lazily(window, ["pointermove", "focusin"], () => import("./ruler.js"));

/** Brings an entry to a third of its list; the list begins with a whole entry. */
export function bringIntoList(list, entry) {
  const from = (one) => one.getBoundingClientRect().top - list.getBoundingClientRect().top;
  const wanted = from(entry) - list.clientHeight / 3;
  const first = [...list.querySelectorAll("a, summary")].find((one) => one.offsetParent && from(one) >= wanted);
  list.scrollTop += from(first ?? entry);
}

// The long list beside the text opens at the reader's own page.
const contents = document.getElementById("contents");
const here = contents?.querySelector("[aria-current]");
if (here) bringIntoList(contents, here);
lazily(window, ["scroll"], () => import("./place.js"));

// Until the reader moves there is no place that the language switch would have to keep.
const keepPlace = lazily(window, ["scroll", "focusin"], () => import("./language-switch.js"));
if (location.hash) keepPlace();
