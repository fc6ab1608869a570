// What vite makes of imports of styles and pictures.
/// <reference types="vite/client" />
