"""Character recognition of scanned pages and of images, by tesseract when it is installed."""
