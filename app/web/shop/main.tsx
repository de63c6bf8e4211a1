// The whole way from the shelf to the pickup code, as the mini-program goes it, against WeChat's stand-ins.
import "../preview/style.css";
import "./style.css";

import { render } from "preact";

import { given } from "../given";
import { setClock } from "../time";
import { App } from "./App";

const { now, points } = given<{ now: string; points: { id: string; name: string }[] }>();
setClock(now);
render(<App points={points} />, document.getElementById("page")!);
