// The printed page on which a block stands: that of the last page marker before it.

export function printedPage(block) {
  let page = "";
  for (const marker of document.querySelectorAll("main [role=doc-pagebreak]")) {
    if (marker.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_PRECEDING) break;
    page = marker.textContent.trim();
  }
  return page;
}
