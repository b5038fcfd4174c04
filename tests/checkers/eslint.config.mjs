// ESLint's own recommendations for the theme's scripts and the programs here; how they are laid out is nobody's business.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  { rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error", "no-eval": "error", "no-implied-eval": "error" } },
  { files: ["**/*.js"], languageOptions: { sourceType: "module", globals: globals.browser } },
  { files: ["**/*.mjs"], languageOptions: { sourceType: "module", globals: globals.node } },
];
