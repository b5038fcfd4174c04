// The switch is a link to the twin page. Ids are equal in both languages, so the place goes along as the hash.

import { topOfView } from "./view.js";

const link = document.querySelector("a[data-language]");
const main = document.querySelector("main");
const ARRIVAL = "language-switch";
let place = "";
let settle = 0;
/** Shift+Tab is the keyboard's way back to the switch: what it passes, and what that scrolls, is no change of place. */
let walkingBack = false;

/** The id of the first block that begins in the window, or else of the last one above it. */
function placeInView() {
  let above = "";
  const top = topOfView() - 4;
  for (const block of main.querySelectorAll("[id]")) {
    const box = block.getBoundingClientRect();
    if (box.height === 0) continue;
    if (box.top >= innerHeight) break;
    if (box.top >= top) return block.id;
    above = block.id;
  }
  return above;
}

function remember() {
  place = scrollY < 8 ? "" : placeInView();
}

/** Nor is the head of the page, to which the focus on the switch scrolls. */
function onTheWay() {
  return walkingBack || document.activeElement?.closest(".header, .skip");
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
    if (!onTheWay()) settle = setTimeout(remember, 120);
  }, { passive: true });
  addEventListener("keydown", ({ key, shiftKey }) => {
    if (key !== "Shift") walkingBack = key === "Tab" && shiftKey;
  }, { capture: true });
  for (const type of ["pointerdown", "wheel"]) {
    addEventListener(type, () => { walkingBack = false; }, { capture: true, passive: true });
  }
  main.addEventListener("focusin", (event) => {
    if (!walkingBack) place = event.target.closest("[id]")?.id ?? place;
  });
  for (const type of ["pointerover", "focus", "click", "contextmenu"]) link.addEventListener(type, aim);
  link.addEventListener("click", () => sessionStorage.setItem(ARRIVAL, link.pathname));
  remember();
  if (location.hash.length > 1) place = decodeURIComponent(location.hash.slice(1));
  if (sessionStorage.getItem(ARRIVAL) === location.pathname && location.hash.length > 1) arrive();
  sessionStorage.removeItem(ARRIVAL);
}

