// The switch is a link to the twin page. Ids are equal in both languages, so the place goes along as the hash.

const link = document.querySelector("a[data-language]");
const main = document.querySelector("main");
const ARRIVAL = "language-switch";
let place = "";
let settle = 0;

/** The id of the first block that begins in the window, or else of the last one above it. */
function placeInView() {
  let above = "";
  for (const block of main.querySelectorAll("[id]")) {
    const box = block.getBoundingClientRect();
    if (box.height === 0) continue;
    if (box.top >= innerHeight) break;
    if (box.bottom > 0 && box.top >= -4) return block.id;
    above = block.id;
  }
  return above;
}

function remember() {
  place = scrollY < 8 ? "" : placeInView();
}

/** Focus on the switch scrolls to the head of the page; that is no change of place. */
function inHeader() {
  return document.activeElement?.closest(".header, .skip");
}

function aim() {
  clearTimeout(settle);
  link.hash = place;
}

function arrive() {
  const target = main.querySelector(`#${CSS.escape(decodeURIComponent(location.hash.slice(1)))}`);
  if (!target) return;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
  target.addEventListener("blur", () => target.removeAttribute("tabindex"), { once: true });
}

if (link && main) {
  addEventListener("scroll", () => {
    clearTimeout(settle);
    if (!inHeader()) settle = setTimeout(remember, 120);
  }, { passive: true });
  main.addEventListener("focusin", (event) => {
    place = event.target.closest("[id]")?.id ?? place;
  });
  for (const type of ["pointerover", "focus", "click", "contextmenu"]) link.addEventListener(type, aim);
  link.addEventListener("click", () => sessionStorage.setItem(ARRIVAL, link.pathname));
  remember();
  if (location.hash.length > 1) place = decodeURIComponent(location.hash.slice(1));
  if (sessionStorage.getItem(ARRIVAL) === location.pathname && location.hash.length > 1) arrive();
  sessionStorage.removeItem(ARRIVAL);
}

export {};
