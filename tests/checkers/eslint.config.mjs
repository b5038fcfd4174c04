// ESLint's own recommendations for the theme's scripts and the programs here; how they are laid out is nobody's business.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
    },
  },
  { files: ["**/*.js"], languageOptions: { sourceType: "module", globals: globals.browser } },
  {
    // What publish/copies/classic_script.py can't make a part of the offline edition's one script.
    files: ["**/*.js"],
    rules: {
      "no-restricted-syntax": [
        "error",
        "ExportDefaultDeclaration",
        "ExportAllDeclaration",
        "ImportDefaultSpecifier",
        "ImportNamespaceSpecifier",
        "MetaProperty",
        "ExportNamedDeclaration[source]",
        "ExportNamedDeclaration[specifiers.length>0]",
        "ExportNamedDeclaration > VariableDeclaration[kind!='const']",
        "ImportDeclaration[specifiers.length=0]",
        "ImportExpression[source.type!='Literal']",
        "Program > ExpressionStatement > AwaitExpression",
      ],
    },
  },
  { files: ["**/*.mjs"], languageOptions: { sourceType: "module", globals: globals.node } },
];
