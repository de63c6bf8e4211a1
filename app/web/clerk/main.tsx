// What a clerk has on her phone: today's slots, what to fetch from the shelves, weighing, handing over.
import "../preview/style.css";
import "../shop/style.css";
import "./style.css";

import { render } from "preact";

import { given } from "../given";
import { setClock } from "../time";
import { App } from "./App";

setClock(given<{ now: string }>().now);
render(<App />, document.getElementById("page")!);
