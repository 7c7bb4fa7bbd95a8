// The first module of the studio: the page of a script, of its texts, or of all scripts.
import { $ } from "../desk/page.js";
import * as flow from "./flow.js";
import * as publish from "./publish.js";
import * as texts from "./texts.js";

if ($("#studio")) flow.start();
else if ($("#box-publish")) publish.list();
if ($("#texts")) texts.start();
