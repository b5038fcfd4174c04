// Marks in the list of what is on this page the part that is being read, and keeps it in sight.

import { bringIntoList } from "./site.js";
import { topOfView } from "./view.js";

const list = document.querySelector("nav.on-this-page");
const links = [...(list?.querySelectorAll("a[href^='#']") ?? [])];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
let waiting = false;

function look() {
  waiting = false;
  const line = topOfView() + innerHeight / 4;
  const at = headings.findLastIndex((heading) => heading?.getBoundingClientRect().top <= line);
  links.forEach((link, index) => {
    if (index === at) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  });
  // Whoever goes through the list by keyboard keeps what has the focus in view.
  if (at < 0 || list.contains(document.activeElement)) return;
  const [box, frame] = [links[at].getBoundingClientRect(), list.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) bringIntoList(list, links[at]);
}

if (links.length) {
  addEventListener(
    "scroll",
    () => {
      if (!waiting) requestAnimationFrame(look);
      waiting = true;
    },
    { passive: true },
  );
  look();
}
