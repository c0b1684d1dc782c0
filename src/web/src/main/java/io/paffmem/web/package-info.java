/**
 * What every web server of paffmem has: {@link io.paffmem.web.WebServer} is the port, {@link
 * io.paffmem.web.WebConfig} says where and that nothing personal leaves the machine in plain text
 * by mistake, {@link io.paffmem.web.WebFiles} gives out what is in the jar.
 */
@NullMarked
package io.paffmem.web;

import org.jspecify.annotations.NullMarked;
