// Storage may be shut, and then even its name throws: nothing is known and nothing is kept.

export function recall(area, key) {
  try {
    return window[area].getItem(key);
  } catch {
    return null;
  }
}

export function keep(area, key, value) {
  try {
    window[area].setItem(key, value);
  } catch {
    // Then it lasts as long as the page.
  }
}
