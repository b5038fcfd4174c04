// Tells the stylesheet where the ruler stands: at the pointer, or at what has the focus.

const root = document.documentElement;
const move = (y) => root.style.setProperty("--ruler", `${Math.round(y)}px`);

addEventListener("pointermove", (event) => move(event.clientY), { passive: true });
addEventListener("focusin", ({ target }) => {
  const box = target.getBoundingClientRect();
  move(box.top + Math.min(box.height / 2, 24));
});

export {};
