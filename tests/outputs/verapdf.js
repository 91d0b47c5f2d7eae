// Prints what breaks PDF/UA-1 in the files given as arguments, one line each: clause, rule, place;
// before them, for each file, how many rules were checked.
// Runs in Rhino's shell, which veraPDF carries to evaluate its rules, so that it needs no compiler.
// The rules are veraPDF's own, read here because the jar lacks the JAXB that would read them.
"use strict";

const vera = Packages.org.verapdf;
const flavours = vera.pdfa.flavours;
const flavour = flavours.PDFAFlavour.PDFUA_1;
const Profiles = vera.pdfa.validation.profiles.Profiles;

function indexes(length) {
  return Array.from({ length: length }, (_, index) => index);
}

function elements(parent, name) {
  const found = parent.getElementsByTagName(name);
  return indexes(found.getLength()).map((index) => found.item(index));
}

function text(parent, name) {
  return elements(parent, name)[0].getTextContent();
}

function setOf(items) {
  const set = new java.util.LinkedHashSet();
  items.forEach((item) => set.add(item));
  return set;
}

function rule(element) {
  const id = elements(element, "id")[0];
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(
      flavours.PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
      id.getAttribute("clause"),
      java.lang.Integer.parseInt(id.getAttribute("testNumber")),
    ),
    element.getAttribute("object"),
    java.lang.Boolean.valueOf(element.getAttribute("deferred")),
    element.getAttribute("tags"),
    text(element, "description"),
    text(element, "test"),
    Profiles.defaultError(),
    new java.util.ArrayList(),
  );
}

function variable(element) {
  return Profiles.variableFromValues(
    element.getAttribute("name"),
    element.getAttribute("object"),
    text(element, "defaultValue"),
    text(element, "value"),
  );
}

function profile() {
  const file = flavour.getClass().getResourceAsStream("/org/verapdf/pdfa/validation/PDFUA-1.xml");
  const builder = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
  const root = builder.parse(file).getDocumentElement();
  return Profiles.profileFromValues(
    flavour,
    Profiles.defaultProfile().getDetails(),
    "",
    setOf(elements(root, "rule").map(rule)),
    setOf(elements(root, "variable").map(variable)),
  );
}

java.util.logging.LogManager.getLogManager().reset();
vera.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
const foundry = vera.pdfa.Foundries.defaultInstance();
const rules = profile();
arguments.forEach((path) => {
  const parser = foundry.createParser(new java.io.File(path), flavour);
  const validator = vera.pdfa.validation.validators.ValidatorFactory.createValidator(rules);
  const result = validator.validate(parser);
  print("rules checked: " + result.getTotalAssertions());
  const failures = result.getTestAssertions();
  indexes(failures.size()).forEach((index) => {
    const failed = failures.get(index);
    const number = failed.getRuleId().getClause() + "-" + failed.getRuleId().getTestNumber();
    print(number + " " + failed.getMessage() + " (" + failed.getLocation().getContext() + ")");
  });
  parser.close();
});
