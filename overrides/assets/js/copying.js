// Copying a reference; what happened is said in a status. Without leave to use the clipboard the text is selected, for the reader to copy.

export async function copyText(text, status) {
  status.textContent = "";
  try {
    await navigator.clipboard.writeText(text.textContent);
    status.textContent = status.dataset.copied;
  } catch {
    getSelection().selectAllChildren(text);
    status.textContent = status.dataset.selected;
  }
}
