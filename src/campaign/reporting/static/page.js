"use strict";
(function () {
  // Charts: each JSON block beside a chart's place holds its data and layout.
  // plotly's own button would send the chart's data to its makers' server: there is none here.
  var config = { responsive: true, displaylogo: false, typesetMath: false, showSendToCloud: false, plotlyServerURL: "",
    modeBarButtonsToRemove: ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d"] };
  var coarse = window.matchMedia("(pointer: coarse)").matches;
  var places = Array.prototype.slice.call(document.querySelectorAll(".plot"));

  function draw(place) {
    var figure = JSON.parse(document.getElementById(place.id + "-data").textContent);
    if (coarse) figure.layout.dragmode = false; // a finger scrolls the page
    Plotly.newPlot(place, figure.data, figure.layout, config);
  }
  places.forEach(draw);

  // On paper a chart is as wide as the text.
  window.addEventListener("beforeprint", function () {
    places.forEach(function (place) { Plotly.relayout(place, { width: 660 }); });
  });
  window.addEventListener("afterprint", function () {
    places.forEach(function (place) { Plotly.relayout(place, { width: null, autosize: true }); });
  });

  // Tables: a click on a head sorts by its column, a second click turns the order.
  function value(row, column) {
    var cell = row.cells[column], order = cell.getAttribute("data-order");
    return order === null ? cell.textContent.toLowerCase().replace(/(\d),(?=\d{3})/g, "$1") : order;
  }
  function compare(a, b) {
    var x = Number(a), y = Number(b);
    return a !== "" && b !== "" && !isNaN(x) && !isNaN(y) ? x - y : a < b ? -1 : a > b ? 1 : 0;
  }
  function sort(table, head, column) {
    var down = head.getAttribute("aria-sort") === "ascending", body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    rows.sort(function (a, b) { return compare(value(a, column), value(b, column)) * (down ? -1 : 1); });
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) { cell.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.forEach(function (row) { body.appendChild(row); });
  }
  Array.prototype.forEach.call(document.querySelectorAll("table.sortable"), function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () { sort(table, head, column); });
    });
  });
})();
