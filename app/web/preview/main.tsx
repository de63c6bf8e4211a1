// The product page as a customer's phone shows it: one request, everything in it.
import "./style.css";

import { render } from "preact";

import { given } from "../given";
import { App } from "./App";
import type { Given } from "./request";
import { setClock } from "../time";

const asked = given<Given | null>();
if (asked) {
  setClock(asked.now);
}
render(<App asked={asked} />, document.getElementById("page")!);
