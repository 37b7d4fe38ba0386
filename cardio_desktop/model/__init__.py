"""The bundled network through ONNX: preprocessing, sessions, calibration, risk."""
