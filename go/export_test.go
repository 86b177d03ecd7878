package cloudauth

// LiveHandles counts what the library has given and not got back.
var LiveHandles = liveHandles
