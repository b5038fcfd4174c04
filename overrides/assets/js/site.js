// What every page needs at once is little: tables that scroll take the focus. The rest loads when the reader first asks for it.

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    // A stop in the tab order only where there is something to scroll.
    if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const region of document.querySelectorAll(".table-region")) sizes.observe(region);

document.querySelector("[data-open=preferences]")?.addEventListener("click", async () => {
  (await import("./preferences.js")).open();
});

document.querySelector(".cite")?.addEventListener("toggle", async () => {
  (await import("./cite.js")).start();
}, { once: true });

const main = document.querySelector("main");
if (matchMedia("(hover: hover)").matches) {
  main?.addEventListener("pointerover", async () => {
    (await import("./permalinks.js")).start(main);
  }, { once: true });
}

if (document.documentElement.dataset.ruler) import("./ruler.js");

// Until the reader moves there is no place that the language switch would have to keep.
const moved = new AbortController();
const keepPlace = () => {
  moved.abort();
  import("./language-switch.js");
};
for (const type of ["scroll", "focusin"]) addEventListener(type, keepPlace, { signal: moved.signal });
if (location.hash) keepPlace();

export {};
