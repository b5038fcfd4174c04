// Where the part of the window begins that the bar at its head leaves to the text, in px.

export function topOfView() {
  return parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart) || 0;
}
