// One link in the margin that follows the mouse. It is outside the text, out of the tab order and unknown to a screen reader;
// whoever wants links by keyboard turns them on under "Cite this page".

const BLOCKS = ":is(h1, h2, h3, h4, h5, h6, p, li, tr, blockquote, figure)[id]";

export function start(main) {
  const link = document.createElement("a");
  link.className = "permalink-hover";
  link.ariaHidden = "true";
  link.tabIndex = -1;
  link.textContent = "¶";
  link.hidden = true;
  document.body.append(link);

  main.addEventListener("pointerover", ({ target }) => {
    const block = target.closest(BLOCKS);
    if (!block) return;
    const box = block.getBoundingClientRect();
    const left = box.left - 32;
    link.hidden = left < 0;
    link.href = `#${block.id}`;
    link.style.left = `${left + scrollX}px`;
    link.style.top = `${box.top + scrollY}px`;
  });
}
