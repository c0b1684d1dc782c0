"use strict";

// Before the first paint, so that the page does not flash in the other theme. Not a module: those wait.
document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "auto";
