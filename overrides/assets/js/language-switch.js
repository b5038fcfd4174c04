// The switch is a link to the twin page. Ids are equal in both languages, so the place goes along as the hash.

import { keep, recall } from "./storage.js";
import { blockInView, focusOn, goneBy, target } from "./view.js";

const link = document.querySelector("a[data-language]");
const main = document.querySelector("main");
/** How much of the block has gone by; the hash doesn't say it. */
const PART = "language-switch";
let place = "";
let part = 0;
let settle = 0;
/** Shift+Tab is the keyboard's way back to the switch: what it passes, and what that scrolls, is no change of place. */
let walkingBack = false;

function remember(block) {
  place = block?.id ?? "";
  part = block ? goneBy(block) : 0;
}

function look() {
  remember(scrollY < 8 ? null : blockInView());
}

/** Nor is the head of the page, to which the focus on the switch scrolls. */
function onTheWay() {
  return walkingBack || document.activeElement?.closest(".header, .skip");
}

function aim() {
  clearTimeout(settle);
  link.hash = place;
}

/** Not a page loaded anew, nor gone back to: only a way that began at the twin. */
function comesFromTwin() {
  const [{ type }] = performance.getEntriesByType("navigation");
  return type === "navigate" && document.referrer.split("?")[0] === link.origin + link.pathname;
}

function arrive(block) {
  focusOn(block);
  block.scrollIntoView({ block: "start", behavior: "instant" });
  const [id, gone] = recall("sessionStorage", PART)?.split(" ") ?? [];
  if (id === block.id && gone > 0) scrollBy({ top: (gone - goneBy(block)) * block.offsetHeight, behavior: "instant" });
}

if (link && main) {
  addEventListener(
    "scroll",
    () => {
      clearTimeout(settle);
      if (!onTheWay()) settle = setTimeout(look, 120);
    },
    { passive: true },
  );
  addEventListener(
    "keydown",
    ({ key, shiftKey }) => {
      if (key !== "Shift") walkingBack = key === "Tab" && shiftKey;
    },
    { capture: true },
  );
  for (const type of ["pointerdown", "wheel"]) {
    addEventListener(
      type,
      () => {
        walkingBack = false;
      },
      { capture: true, passive: true },
    );
  }
  main.addEventListener("focusin", (event) => {
    const block = event.target.closest("main [id]");
    if (block && !walkingBack) remember(block);
  });
  for (const type of ["pointerover", "focus", "click", "contextmenu"]) link.addEventListener(type, aim);
  link.addEventListener("click", () => keep("sessionStorage", PART, `${place} ${part}`));
  const block = target();
  if (block) remember(block);
  else look();
  if (block && comesFromTwin()) arrive(block);
}
