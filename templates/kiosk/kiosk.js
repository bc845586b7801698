"use strict";
// Drawing a signature. Without this script the page asks for a typed name, which signs as well.
(function () {
  const board = document.getElementById("board");
  if (!board) return;
  const form = document.getElementById("signing");
  const drawing = document.getElementById("drawing");
  const naming = document.getElementById("naming");
  const drawn = document.getElementById("drawn");
  const pen = board.getContext("2d");
  const strokes = [];
  let active = null;

  for (const one of document.querySelectorAll(".scripted")) one.hidden = false;

  function show() {
    drawing.hidden = !drawn.checked;
    naming.hidden = drawn.checked && "named" in naming.dataset;
    if (drawn.checked) paint();
  }

  function paint() {
    const sharp = window.devicePixelRatio || 1;
    const wide = Math.round(600 * sharp), high = Math.round(200 * sharp);
    if (board.width !== wide) { board.width = wide; board.height = high; }
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, 600, 200);
    pen.strokeStyle = "#6b7280";
    pen.lineWidth = 1;
    pen.beginPath(); pen.moveTo(30, 160); pen.lineTo(570, 160); pen.stroke();
    pen.strokeStyle = "#121259";
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of strokes) {
      pen.beginPath();
      pen.moveTo(stroke[0][0], stroke[0][1]);
      for (const point of stroke.length > 1 ? stroke : [stroke[0], stroke[0]]) pen.lineTo(point[0], point[1]);
      pen.stroke();
    }
  }

  function at(event) {
    const box = board.getBoundingClientRect();
    const inside = (value, most) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
    return [inside((event.clientX - box.left) * 600 / box.width, 600),
            inside((event.clientY - box.top) * 200 / box.height, 200)];
  }

  board.addEventListener("pointerdown", (event) => {
    if (active !== null || (event.pointerType === "mouse" && event.button !== 0)) return;
    active = event.pointerId;
    board.setPointerCapture(active);
    strokes.push([at(event)]);
    paint();
    event.preventDefault();
  });
  // A quick stroke is no swipe: else the next tap would only stop the scrolling that it sets off.
  board.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  board.addEventListener("pointermove", (event) => {
    if (event.pointerId !== active) return;
    const all = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const one of all.length ? all : [event]) strokes[strokes.length - 1].push(at(one));
    paint();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    board.addEventListener(name, (event) => { if (event.pointerId === active) active = null; });
  }
  document.getElementById("undo").addEventListener("click", () => { strokes.pop(); paint(); });
  document.getElementById("clear").addEventListener("click", () => { strokes.length = 0; paint(); });
  for (const one of form.elements.method) one.addEventListener("change", show);
  form.addEventListener("submit", () => {
    document.getElementById("strokes").value = drawn.checked ? JSON.stringify(strokes) : "";
  });
  show();
})();
