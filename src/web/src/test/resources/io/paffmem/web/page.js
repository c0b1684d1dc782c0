document.getElementById("greeting").textContent = "good day";
