/**
 * What every web server of paffmem has: {@link io.paffmem.ingest.web.WebServer} is the port, {@link
 * io.paffmem.ingest.web.WebConfig} says where and that nothing personal leaves the machine in plain
 * text by mistake, {@link io.paffmem.ingest.web.WebFiles} gives out what is in the jar.
 */
@NullMarked
package io.paffmem.ingest.web;

import org.jspecify.annotations.NullMarked;
