(function () {
  "use strict";
  var box = document.getElementById("facts"), list = box.querySelector("dl"), on = null;
  function close() { box.hidden = true; if (on) { on.classList.remove("on"); on = null; } }
  function open(cell) {
    close();
    list.textContent = "";
    cell.getAttribute("title").split("\n").forEach(function (line) {
      var cut = line.indexOf("：");
      ["dt", "dd"].forEach(function (tag, second) {
        var part = document.createElement(tag);
        part.textContent = second ? line.slice(cut + 1) : line.slice(0, cut);
        list.appendChild(part);
      });
    });
    on = cell; on.classList.add("on"); box.hidden = false;
  }
  document.querySelectorAll(".figures td[title]").forEach(function (cell) { cell.tabIndex = 0; });
  document.addEventListener("click", function (event) {
    var cell = event.target.closest(".figures td[title]");
    if (cell) { open(cell); } else if (!box.contains(event.target) || event.target.id === "close") { close(); }
  });
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () { opened.forEach(function (one) { one.open = false; }); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { close(); return; }
    var cell = event.target.closest && event.target.closest(".figures td[title]");
    if (cell && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); open(cell); }
  });
})();
