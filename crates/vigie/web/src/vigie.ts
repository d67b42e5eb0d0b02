// Starts each island whose element stands in the page. A page without them needs no script.
import { followHistory } from "./page";
import { startMap } from "./map/map";
import { startTimeline } from "./time/timeline";

const map = document.getElementById("map");
const timeline = document.getElementById("timeline");

if (map || timeline) followHistory();
if (timeline) void startTimeline(timeline);
if (map) void startMap(map);
