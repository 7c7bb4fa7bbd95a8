// The first module of the studio: the page of a script, or of its texts.
import { $ } from "../desk/page.js";
import * as flow from "./flow.js";
import * as texts from "./texts.js";

if ($("#studio")) flow.start();
if ($("#texts")) texts.start();
