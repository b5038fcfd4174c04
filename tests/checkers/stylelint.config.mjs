// Stylelint's own recommendations, but for three rules.
export default {
  extends: "stylelint-config-recommended",
  rules: {
    // A stylesheet goes through a component part by part, not by weight.
    "no-descending-specificity": null,
    // One selector may say what all share and then what it has alone.
    "no-duplicate-selectors": null,
    // The margin boxes inside @page take properties; the rule knows descriptors only.
    "at-rule-descriptor-no-unknown": null,
  },
};
