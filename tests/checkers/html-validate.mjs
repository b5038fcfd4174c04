// All that html-validate recommends, but for two rules.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The page's own name comes first: nothing is lost where a tab or a list of hits cuts a title short.
    "long-title": "off",
    // A table's region is named by the caption; the Nu checker wants a heading in every <section>.
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
};
