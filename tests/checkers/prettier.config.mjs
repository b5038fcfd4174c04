// Layout of the theme's lines. What the project's other files have too: 120 columns a code line, names quoted as they are.
export default { printWidth: 120, quoteProps: "preserve", objectWrap: "collapse" };
