// One link in the margin that follows the mouse. It is outside the text, out of the tab order and unknown to a screen reader;
// whoever wants links by keyboard turns them on under "Cite this page".

const BLOCKS = ":is(h1, h2, h3, h4, h5, h6, p, li, tr, blockquote, figure)[id]";

export function start() {
  const main = document.querySelector("main");
  const link = document.createElement("a");
  link.className = "permalink-hover";
  link.ariaHidden = "true";
  link.tabIndex = -1;
  link.textContent = "¶";
  link.hidden = true;
  document.body.append(link);

  const show = (block) => {
    if (!block) return;
    link.hidden = false;
    const box = block.getBoundingClientRect();
    const left = box.left - link.offsetWidth;
    link.hidden = left < 0;
    link.href = `#${block.id}`;
    link.style.left = `${left + scrollX}px`;
    link.style.top = `${box.top + scrollY}px`;
  };
  const hide = () => {
    link.hidden = true;
  };

  main.addEventListener("pointerover", ({ target }) => show(target.closest(BLOCKS)));
  // From the text to its link and back the mouse may go.
  main.addEventListener("pointerleave", ({ relatedTarget }) => {
    if (relatedTarget !== link) hide();
  });
  link.addEventListener("pointerleave", ({ relatedTarget }) => {
    if (!main.contains(relatedTarget)) hide();
  });
  // The text may go away from under it.
  addEventListener("scroll", hide, { capture: true, passive: true });
  addEventListener("resize", hide);
  // The module came too late for the event that called for it.
  show([...main.querySelectorAll(`${BLOCKS}:hover`)].at(-1));
}
