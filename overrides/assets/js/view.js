// Where the reader is: the part of the window that the bar at its head leaves to the text, and the block that is read there.

export function topOfView() {
  return parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart) || 0;
}

/** The innermost block that is read at the head of the view, or else the next one; a page number is no text. */
export function blockInView() {
  const main = document.querySelector("main");
  const top = topOfView();
  const line = parseFloat(getComputedStyle(main).lineHeight);
  let found = null;
  let above = null;
  for (const block of main.querySelectorAll("[id]:not([role=doc-pagebreak])")) {
    const box = block.getBoundingClientRect();
    if (!box.height) continue;
    if (box.top > top + 1.5 * line) return found ?? block;
    if (box.bottom <= top) above = block;
    // Of two in a row the second, where no whole line is left of the first.
    else if (!found || found.contains(block) || leftOf(found, top) < 0.75 * line) found = block;
  }
  return found ?? above;
}

function leftOf(block, top) {
  const { bottom, height } = block.getBoundingClientRect();
  // What is lower than a line is seen whole or not at all.
  return bottom - top >= height ? Infinity : bottom - top;
}

/** How much of the block, from 0 to 1, has gone by above the view. */
export function goneBy(block) {
  const { top, height } = block.getBoundingClientRect();
  return Math.min(1, Math.max(0, (topOfView() - top) / height));
}

/** Makes a change that lets the text flow anew; the reader stays at the same words. */
export function keepingPlace(change) {
  const block = scrollY < 8 ? null : blockInView();
  if (!block) return change();
  const part = goneBy(block);
  const below = Math.max(0, block.getBoundingClientRect().top - topOfView());
  change();
  const { top, height } = block.getBoundingClientRect();
  scrollBy({ top: top + part * height - below - topOfView(), behavior: "instant" });
}

/** The block that the address names. None is `<main>` itself, where the skip link leads, and none a hash that was cut off inside a letter. */
export function target() {
  try {
    return document.querySelector(`main [id="${CSS.escape(decodeURIComponent(location.hash.slice(1)))}"]`);
  } catch {
    return null;
  }
}

/** Brings keyboard and screen reader to a block, as long as they stay there; the window doesn't move. */
export function focusOn(block) {
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
  block.addEventListener("blur", () => block.removeAttribute("tabindex"), { once: true });
}
