// Package graph draws a script as a picture: one box a step, one line a way, layer under layer, as SVG.
//
// It knows scripts, their ways and where things go on a plane. It never knows a page, a colour or a font: what it draws
// carries classes and attributes only, the style sheet css/graph.css gives them their look. The same script gives the
// same bytes.
package graph
